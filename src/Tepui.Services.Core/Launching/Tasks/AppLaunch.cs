using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Describes the launch of an instance of an app: one task, run by the agent itself or by an executor the app names.</summary>
internal static class AppLaunch
{
    /// <summary>For the master and for us.</summary>
    public static LaunchResult Of(LaunchOrder order, AppSpec app, DateTimeOffset now)
    {
        var id = NewTaskIds.App(order.Instance);
        var part = order.Part("");
        var ports = TaskPort.Of(app, part.HostPorts, order.Random);
        var task = new TaskInfo
        {
            Name = app.Id.TaskName,
            TaskId = id.ToWire(),
            AgentId = order.Host.Agent.ToWire(),
            Labels = WireLabels.Sorted(app.Labels),
            Discovery = Discovery.Of(app.Id.TaskName, ports),
            HealthCheck = Checks.Health(app, ports),
            Check = Checks.Reported(app.Check, ports),
            Container = AppContainers.Of(order, app, id.Value, ports),
        };
        task.Resources.AddRange(part.Resources);
        TaskLimits.Set(task, app.ResourceLimits);
        if (app.TaskKillGracePeriod is { } grace)
        {
            task.KillPolicy = new() { GracePeriod = new() { Nanoseconds = grace.Ticks * 100 } };
        }

        SetCommand(order, app, task, AppVariables.Of(order, app, id.Value, ports).ToWire(app.Secrets));
        var operation = new Offer.Types.Operation { Type = Offer.Types.Operation.Types.Type.Launch, Launch = new() { TaskInfos = { task } } };
        return new(operation, [new InstanceTask { Id = id, StagedAt = now, HostPorts = part.HostPorts }]);
    }

    private static void SetCommand(LaunchOrder order, AppSpec app, TaskInfo task, Protocol.V1.Environment environment)
    {
        var command = app.Executor is "" or "//cmd" ? Own(app) : ByExecutor(app);
        command.Environment = environment;
        Commands.Fetch(command, app.Fetch);
        Commands.RunAs(command, order.User(null, app));
        if (app.Executor is "" or "//cmd")
        {
            task.Command = command;
            return;
        }

        task.Executor = new()
        {
            Type = ExecutorInfo.Types.Type.Custom,
            ExecutorId = new() { Value = $"marathon-{task.TaskId.Value}" },
            FrameworkId = order.Framework.ToWire(),
            Command = command,
            Container = task.Container,
        };
        task.Container = null;
        task.Executor.Resources.AddRange(order.Part(LaunchPlan.ExecutorPart).Resources);
    }

    private static CommandInfo Own(AppSpec app) => app switch
    {
        { Cmd: { } cmd } => Commands.Shell(cmd),
        { Args: { } args } => Commands.Arguments(args, isEntryPoint: app.Container?.Docker is null),
        _ => Commands.ImageDefault(),
    };

    // The executor is a file in the sandbox or on the agent; fetched ones may lack the permission to run.
    private static CommandInfo ByExecutor(AppSpec app)
    {
        var rest = app.Cmd ?? string.Join(' ', app.Args ?? []);
        return Commands.Shell($"chmod ug+rx '{app.Executor}' && exec '{app.Executor}' {rest}".TrimEnd());
    }
}
