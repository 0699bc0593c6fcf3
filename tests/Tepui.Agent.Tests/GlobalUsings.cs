global using Task = System.Threading.Tasks.Task;
global using TaskStatus = Tepui.Protocol.V1.TaskStatus;
