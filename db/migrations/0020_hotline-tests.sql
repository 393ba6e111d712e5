CREATE TABLE `hotline_duty` (
	`id` text PRIMARY KEY NOT NULL,
	`hotline_id` text NOT NULL,
	`from_date` text NOT NULL,
	`to_date` text NOT NULL,
	`hours` text DEFAULT '' NOT NULL,
	`who` text NOT NULL,
	`by_person_id` text NOT NULL,
	`updated_on` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `hotline_duty_hotline` ON `hotline_duty` (`hotline_id`);--> statement-breakpoint
CREATE TABLE `test_call` (
	`id` text PRIMARY KEY NOT NULL,
	`hotline_id` text NOT NULL,
	`phone` text NOT NULL,
	`called_at` integer NOT NULL,
	`outcome` text NOT NULL,
	`seconds` integer,
	`in_hours` integer NOT NULL,
	`verdict` text NOT NULL,
	`outside_body` text DEFAULT '' NOT NULL,
	`own_unit` integer NOT NULL,
	`remark` text DEFAULT '' NOT NULL,
	`by_person_id` text NOT NULL,
	`by_body_code` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`status` text NOT NULL,
	`corrects_id` text,
	`reason` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE INDEX `test_call_hotline` ON `test_call` (`hotline_id`);--> statement-breakpoint
CREATE INDEX `test_call_time` ON `test_call` (`called_at`);--> statement-breakpoint
ALTER TABLE `hotline` ADD `position` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `hotline` ADD `ended_on` text;--> statement-breakpoint
ALTER TABLE `hotline` ADD `revision` integer DEFAULT 1 NOT NULL;