ALTER TABLE `referral` ADD `reminders` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `referral` ADD `cadres` integer;--> statement-breakpoint
ALTER TABLE `referral` ADD `cases_filed` integer;--> statement-breakpoint
ALTER TABLE `referral` ADD `held_to_account` integer;--> statement-breakpoint
CREATE INDEX `referral_to` ON `referral` (`to_body`,`remind_on`);