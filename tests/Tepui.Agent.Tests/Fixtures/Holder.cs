using Tepui.Protocol.V1;
using Tepui.Sdk.Scheduler;

namespace Tepui.Agent.Tests.Fixtures;

/// <summary>An agent like the recorded one: a command task, a task group under the built-in executor, and an executor of the framework's own, all running.</summary>
public sealed class Holder : IAsyncLifetime
{
    internal Cluster Cluster { get; private set; } = null!;

    internal TestFramework Framework { get; private set; } = null!;

    internal JsonExecutor Executor { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var log = Path.GetTempFileName();
        await File.WriteAllTextAsync(log, string.Concat(Enumerable.Range(0, 100).Select(line => $"line {line} of the log\n")));
        Cluster = await Cluster.StartAsync(settings => settings with { LogFile = log });
        await using (var earlier = await TestFramework.StartAsync(Cluster))
        {
            await using var executor = await RunAllAsync(earlier);
            await earlier.Client.TeardownAsync();
            await Wait.UntilAsync(() => StateAsync("\"frameworks\":[]"), () => "the earlier framework is gone");
        }

        Framework = await TestFramework.StartAsync(Cluster);
        Executor = await RunAllAsync(Framework);
    }

    public async Task DisposeAsync()
    {
        await Executor.DisposeAsync();
        await Framework.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    private async Task<bool> StateAsync(string part) =>
        (await Cluster.Http.GetStringAsync(new Uri(Cluster.Agent.Address, "state"))).Contains(part, StringComparison.Ordinal);

    private async Task<JsonExecutor> RunAllAsync(TestFramework framework)
    {
        framework.Launch(CommandTask());
        framework.LaunchGroup(A.DefaultExecutor("dex"), A.Shell("grp-a", "sleep 1000"), A.Shell("grp-b", "sleep 1000"));
        var own = A.Executor("pyexec", "sleep 1000");
        own.Name = "py custom";
        own.Command.Environment = new() { Variables = { new Protocol.V1.Environment.Types.Variable { Name = "PYEXEC_LOG", Type = Protocol.V1.Environment.Types.Variable.Types.Type.Value, Value = "/dev/null" } } };
#pragma warning disable CS0612 // Recorded with it.
        own.Source = "src";
#pragma warning restore CS0612
        framework.LaunchWithExecutor(own, A.Task("py-task"), A.Task("py-done"));
        var executor = await JsonExecutor.SubscribeAsync(Cluster, framework.Client.FrameworkId.Value, "pyexec");
        await executor.NextAsync("LAUNCH", 1);
        foreach (var state in new[] { "TASK_STARTING", "TASK_RUNNING" })
        {
            await executor.UpdateAsync("py-task", state);
            await executor.UpdateAsync("py-done", state);
        }

        await executor.UpdateAsync("py-done", "TASK_FINISHED");
        await framework.UntilAsync("py-task", TaskState.TaskRunning);
        await framework.UntilAsync("py-done", TaskState.TaskFinished);
        await framework.UntilAsync("grp-a", TaskState.TaskRunning);
        await framework.UntilAsync("grp-b", TaskState.TaskRunning);
        await Wait.UntilAsync(() => framework.Updates("cmd-task").Any(status => status.HasHealthy), () => "cmd-task is healthy");
        return executor;
    }

    private static TaskInfo CommandTask()
    {
        var task = A.Shell("cmd-task", "echo started; sleep 1000");
        task.Labels = new() { Labels_ = { new Label { Key = "tk", Value = "tv" } } };
        task.Discovery = new()
        {
            Visibility = DiscoveryInfo.Types.Visibility.Cluster,
            Name = "svc",
            Environment = "prod",
            Location = "here",
            Version = "1",
            Ports = new() { Ports_ = { new Port { Number = 31005, Name = "web", Protocol = "tcp" } } },
            Labels = new() { Labels_ = { new Label { Key = "d", Value = "e" } } },
        };
        task.HealthCheck = new()
        {
            Type = HealthCheck.Types.Type.Command,
            Command = new() { Value = "true" },
            DelaySeconds = 0,
            IntervalSeconds = 1,
            GracePeriodSeconds = 1,
        };
        return task;
    }
}
