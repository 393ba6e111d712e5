CREATE TABLE `body_key_event` (
	`id` text PRIMARY KEY NOT NULL,
	`body_code` text NOT NULL,
	`kind` text NOT NULL,
	`account_id` text,
	`person_id` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `body_key_event_body` ON `body_key_event` (`body_code`,`at`);--> statement-breakpoint
ALTER TABLE `body_key` ADD `renew_from` text;--> statement-breakpoint
ALTER TABLE `invitation` ADD `login` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `session` ADD `device_id` text;