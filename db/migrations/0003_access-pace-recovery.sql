CREATE TABLE `body_recovery` (
	`body_code` text PRIMARY KEY NOT NULL,
	`first_recipient` text NOT NULL,
	`second_recipient` text NOT NULL,
	`created_on` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sign_in_pace` (
	`holder` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`retry_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `account` DROP COLUMN `failures`;--> statement-breakpoint
ALTER TABLE `account` DROP COLUMN `retry_at`;