using Tepui.Protocol.V1;

namespace Tepui.Agent.Tests.Fixtures;

/// <summary>Tasks and executors for tests; agent and resources are filled in at the launch.</summary>
internal static class A
{
    public static TaskInfo Shell(string id, string command) => new() { Name = id, TaskId = new() { Value = id }, Command = new() { Value = command } };

    public static TaskInfo Task(string id, string data = "") =>
        new() { Name = id, TaskId = new() { Value = id }, Data = Google.Protobuf.ByteString.CopyFromUtf8(data) };

    public static ExecutorInfo Executor(string id, string command) => new()
    {
        Type = ExecutorInfo.Types.Type.Custom,
        ExecutorId = new() { Value = id },
        Name = id + " name",
        Command = new() { Value = command },
    };

    public static ExecutorInfo DefaultExecutor(string id) => new() { Type = ExecutorInfo.Types.Type.Default, ExecutorId = new() { Value = id } };

    /// <summary>The sample executor of this build.</summary>
    public static string HelloExecutor => $"exec '{TestSupervisor.DotNet}' '{Path.Combine(AppContext.BaseDirectory, "HelloExecutor.dll")}'";
}
