using System.Collections;
using Tepui.Model.Identifiers;
using Tepui.Model.Units;

namespace Tepui.Sdk.Executor;

/// <summary>What an executor is told by the agent that started it, through environment variables.</summary>
public sealed record ExecutorOptions
{
    /// <summary>The agent's API, as in <c>http://10.0.0.7:5051</c>.</summary>
    public required Uri Agent { get; init; }

    /// <summary>Whose executor it is.</summary>
    public required FrameworkId Framework { get; init; }

    /// <summary>Which executor it is.</summary>
    public required ExecutorId Executor { get; init; }

    /// <summary>Its sandbox.</summary>
    public string? Sandbox { get; init; }

    /// <summary>The framework checkpoints: the executor outlives a restart of its agent, for up to <see cref="RecoveryTimeout"/>.</summary>
    public bool Checkpoint { get; init; }

    /// <summary>Without its agent for so long, the executor ends.</summary>
    public TimeSpan RecoveryTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Longest wait between two tries to subscribe.</summary>
    public TimeSpan SubscriptionBackoffMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time between a SHUTDOWN and the executor being killed.</summary>
    public TimeSpan ShutdownGracePeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bearer token for agents that authenticate executors.</summary>
    public string? Token { get; init; }

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>From the environment of this process.</summary>
    /// <exception cref="InvalidOperationException">A variable is absent or not what it should be: this process was not started by an agent.</exception>
    public static ExecutorOptions FromEnvironment() => From(Environment.GetEnvironmentVariables());

    /// <summary>From variables by name.</summary>
    /// <exception cref="InvalidOperationException">A variable is absent or not what it should be.</exception>
    internal static ExecutorOptions From(IDictionary variables)
    {
        var endpoint = Needed(variables, "MESOS_AGENT_ENDPOINT");
        if (!Uri.TryCreate("http://" + endpoint, UriKind.Absolute, out var agent))
        {
            throw new InvalidOperationException($"MESOS_AGENT_ENDPOINT is '{endpoint}'; it must be HOST:PORT");
        }

        return new()
        {
            Agent = agent,
            Framework = new(Needed(variables, "MESOS_FRAMEWORK_ID")),
            Executor = new(Needed(variables, "MESOS_EXECUTOR_ID")),
            Sandbox = variables["MESOS_SANDBOX"] as string ?? variables["MESOS_DIRECTORY"] as string,
            Checkpoint = variables["MESOS_CHECKPOINT"] as string == "1",
            RecoveryTimeout = Duration(variables, "MESOS_RECOVERY_TIMEOUT", TimeSpan.FromMinutes(15)),
            SubscriptionBackoffMax = Duration(variables, "MESOS_SUBSCRIPTION_BACKOFF_MAX", TimeSpan.FromSeconds(2)),
            ShutdownGracePeriod = Duration(variables, "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD", TimeSpan.FromSeconds(5)),
            Token = variables["MESOS_EXECUTOR_AUTHENTICATION_TOKEN"] as string,
        };
    }

    private static string Needed(IDictionary variables, string name) => variables[name] is string { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{name} is not set; an executor is started by an agent, which sets it");

    private static TimeSpan Duration(IDictionary variables, string name, TimeSpan otherwise) => variables[name] is not string text
        ? otherwise
        : DurationText.TryParse(text, out var duration, out var problem) ? duration : throw new InvalidOperationException($"{name}: {problem}");
}
