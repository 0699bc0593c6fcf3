// The wire has messages of these names too; where both are in view, these are meant.
global using Task = System.Threading.Tasks.Task;
global using TaskStatus = Tepui.Protocol.V1.TaskStatus;
