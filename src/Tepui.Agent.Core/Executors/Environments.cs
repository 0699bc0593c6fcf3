using Tepui.Agent.Core.Tasks;
using Tepui.Model.Units;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Executors;

/// <summary>The variables that executors and tasks find. The agent's own environment is never among them.</summary>
internal static class Environments
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>What a framework's executor needs to find its agent and itself.</summary>
    public static Dictionary<string, string> OfExecutor(Turn turn, ExecutorRecord executor)
    {
        var variables = Common(turn, executor, executor.Directory);
        AddAgent(turn, executor, variables);
        AddCommand(variables, executor.Info.Command);
        return variables;
    }

    /// <summary>What a task finds: what its executor would have found, and what names the task.</summary>
    public static Dictionary<string, string> OfTask(Turn turn, TaskRecord task, string directory)
    {
        var variables = Common(turn, task.Executor, directory);
        if (task.Executor.Kind == ExecutorKind.Command)
        {
            AddAgent(turn, task.Executor, variables);
        }
        else
        {
            variables["MESOS_CONTAINER_IP"] = turn.Options.Ip;
        }

        variables["MESOS_TASK_ID"] = task.Id.Value;
        foreach (var resource in task.Info.Resources)
        {
            if (resource.AllocationInfo is { HasRole: true } allocation)
            {
                variables["MESOS_ALLOCATION_ROLE"] = allocation.Role;
                break;
            }
        }

        AddCommand(variables, task.Info.Command);
        return variables;
    }

    private static Dictionary<string, string> Common(Turn turn, ExecutorRecord executor, string directory)
    {
        var sandbox = $"{turn.Options.WorkDirectory}/{directory}";
        var variables = new Dictionary<string, string>(32, StringComparer.Ordinal) { ["LIBPROCESS_IP"] = turn.Options.Ip };
        foreach (var (name, value) in turn.Options.ExecutorEnvironmentVariables)
        {
            variables[name] = value;
        }

        variables["MESOS_FRAMEWORK_ID"] = executor.Framework.Id.Value;
        variables["MESOS_EXECUTOR_ID"] = executor.Id.Value;
        variables["MESOS_DIRECTORY"] = sandbox;
        variables["MESOS_SANDBOX"] = sandbox;
        variables["MESOS_SLAVE_ID"] = turn.State.Id.Value;
        variables.TryAdd("PATH", DefaultPath);
        return variables;
    }

    private static void AddAgent(Turn turn, ExecutorRecord executor, Dictionary<string, string> variables)
    {
        var options = turn.Options;
        var host = options.Ip.Contains(':') ? $"[{options.Ip}]" : options.Ip;
        var endpoint = $"{host}:{options.Info.Port}";
        variables["LIBPROCESS_PORT"] = "0";
        variables["MESOS_SLAVE_PID"] = $"slave(1)@{endpoint}";
        variables["MESOS_AGENT_ENDPOINT"] = endpoint;
        variables["MESOS_CHECKPOINT"] = executor.Framework.Checkpoints ? "1" : "0";
        variables["MESOS_HTTP_COMMAND_EXECUTOR"] = "0";
        variables["MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD"] = DurationText.Print(Grace(options, executor));
        if (executor.Framework.Checkpoints)
        {
            variables["MESOS_RECOVERY_TIMEOUT"] = DurationText.Print(options.RecoveryTimeout);
            variables["MESOS_SUBSCRIPTION_BACKOFF_MAX"] = DurationText.Print(options.ExecutorReregistrationTimeout);
        }
    }

    private static TimeSpan Grace(AgentOptions options, ExecutorRecord executor) =>
        executor.Kind == ExecutorKind.Custom && executor.Info.ShutdownGracePeriod is { } own ? Clock.Wait(own) : options.ExecutorShutdownGracePeriod;

    /// <summary>The command's own variables win over all others.</summary>
    private static void AddCommand(Dictionary<string, string> variables, CommandInfo? command)
    {
        foreach (var variable in command?.Environment?.Variables ?? [])
        {
            variables[variable.Name] = variable.Secret?.Value?.Data is { } secret ? secret.ToStringUtf8() : variable.Value;
        }
    }
}
