// The wire has a message of this name too; where both are in view, this is meant.
global using Task = System.Threading.Tasks.Task;
