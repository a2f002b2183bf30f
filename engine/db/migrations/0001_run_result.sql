ALTER TABLE `runs` ADD `result` text;
