DROP INDEX `lead_due`;--> statement-breakpoint
DROP INDEX `lead_state_due`;--> statement-breakpoint
DROP INDEX `lead_received`;--> statement-breakpoint
CREATE INDEX `lead_queue` ON `lead` (`due_on`,`id`,`state`,`secrecy`,`body_code`,`place_code`,`supervised`,`repeats`,`class`);--> statement-breakpoint
CREATE INDEX `lead_queue_received` ON `lead` (`received_on`,`id`,`state`,`secrecy`,`body_code`,`place_code`,`supervised`,`repeats`);--> statement-breakpoint
CREATE INDEX `lead_grant_desk` ON `lead_grant` (`lead_id`,`body_code`,`part`,`standing`);