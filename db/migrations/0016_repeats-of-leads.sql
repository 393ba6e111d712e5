CREATE TABLE `repeat_key` (
	`body_code` text PRIMARY KEY NOT NULL,
	`key_id` text NOT NULL,
	`sealed` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `repeat_print` (
	`lead_id` text NOT NULL,
	`body_code` text NOT NULL,
	`mac` text NOT NULL,
	PRIMARY KEY(`lead_id`, `body_code`, `mac`),
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `repeat_print_mac` ON `repeat_print` (`mac`);