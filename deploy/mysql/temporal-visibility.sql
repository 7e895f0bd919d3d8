-- Temporal keeps its second schema in a database of its own; the first, and the user, come from the environment.
CREATE DATABASE temporal_visibility CHARACTER SET utf8mb4;
GRANT ALL ON temporal_visibility.* TO temporal@'%';
