DROP TABLE `relative_hit`;--> statement-breakpoint
DROP TABLE `relative`;--> statement-breakpoint
CREATE TABLE `relative` (
	`id` text PRIMARY KEY NOT NULL,
	`body_code` text,
	`person_id` text,
	`staff_name_mac` text NOT NULL,
	`relative_name_mac` text NOT NULL,
	`id_mac` text NOT NULL,
	`entry_mac` text NOT NULL,
	`sealed` blob NOT NULL,
	`key_id` text NOT NULL,
	`added_on` text NOT NULL,
	`ended_on` text
);--> statement-breakpoint
CREATE TABLE `relative_hit` (
	`id` text PRIMARY KEY NOT NULL,
	`relative_id` text NOT NULL,
	`batch_id` text NOT NULL,
	`household_mac` text NOT NULL,
	`aid_type` text NOT NULL,
	`found_on` text NOT NULL,
	`status` text NOT NULL,
	`decided_by` text,
	`decided_on` text,
	FOREIGN KEY (`relative_id`) REFERENCES `relative`(`id`) ON UPDATE no action ON DELETE no action
);--> statement-breakpoint
CREATE INDEX `relative_id_mac` ON `relative` (`id_mac`);--> statement-breakpoint
CREATE INDEX `relative_name_mac` ON `relative` (`relative_name_mac`);--> statement-breakpoint
CREATE INDEX `relative_hit_status` ON `relative_hit` (`status`);--> statement-breakpoint
CREATE TABLE `household_member` (
	`household_mac` text NOT NULL,
	`id_mac` text NOT NULL,
	PRIMARY KEY(`household_mac`, `id_mac`)
);--> statement-breakpoint
CREATE INDEX `household_member_id` ON `household_member` (`id_mac`);--> statement-breakpoint
CREATE INDEX `relative_staff_mac` ON `relative` (`staff_name_mac`);--> statement-breakpoint
CREATE UNIQUE INDEX `relative_hit_once` ON `relative_hit` (`relative_id`,`household_mac`,`aid_type`);--> statement-breakpoint
ALTER TABLE `lead` DROP COLUMN `proposed_body_code`;