ALTER TABLE `lead_deadline` ADD `extra_days` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `lead_deadline_open` ON `lead_deadline` (`met_on`,`calendar_version`);--> statement-breakpoint
CREATE INDEX `audit_date` ON `audit_entry` (`on_date`);