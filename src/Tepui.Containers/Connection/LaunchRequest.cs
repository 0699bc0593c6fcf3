using Tepui.Containers.Launchers.Process;
using Tepui.Containers.Native;
using Tepui.Protocol.Supervisor;
using Tepui.Protocol.V1;

namespace Tepui.Containers.Connection;

/// <summary>Turns what frameworks write into what the supervisor starts.</summary>
internal static class LaunchRequest
{
    /// <summary>Kernel numbers of the limits, by their number in <see cref="RLimitInfo"/>.</summary>
    private static readonly int[] KernelNumbers = [-1, 9, 4, 0, 2, 1, 10, 8, 12, 13, 7, 6, 5, 14, 15, 11, 3];

    /// <summary>Builds the request.</summary>
    /// <exception cref="IOException">The command cannot be run as written; the message says why.</exception>
    public static SupervisorRequest.Types.Launch Build(ContainerLaunch launch, CommandInfo command, UserIdentity? identity)
    {
        if (!command.HasValue || command.Value.Length == 0)
        {
            throw new IOException(command.Shell ? "The command has no value: there is nothing to run" : "The command has no value: it must name the program to run");
        }

        RefuseSecrets(command);
        var request = new SupervisorRequest.Types.Launch
        {
            Id = launch.Id.ToString(),
            Program = command.Shell ? "/bin/sh" : command.Value,
            Directory = launch.SandboxDirectory,
            Output = Path.Combine(launch.SandboxDirectory, "stdout"),
            Error = Path.Combine(launch.SandboxDirectory, "stderr"),
        };
        if (command.Shell)
        {
            request.Arguments.Add(["sh", "-c", command.Value]);
        }
        else if (command.Arguments.Count > 0)
        {
            request.Arguments.Add(command.Arguments);
        }
        else
        {
            request.Arguments.Add(command.Value);
        }

        AddEnvironment(request, launch.Environment);
        AddLimits(request, launch.Container?.RlimitInfo);
        if (identity is not null)
        {
            request.Identity = new() { User = identity.User, Group = identity.Group, Name = identity.Name };
            request.Identity.Groups.Add(identity.Groups);
        }

        foreach (var argument in request.Arguments)
        {
            RefuseNul(argument, "An argument of the command");
        }

        return request;
    }

    private static void AddEnvironment(SupervisorRequest.Types.Launch request, IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (name, value) in environment)
        {
            if (name.Length == 0 || name.Contains('='))
            {
                throw new IOException($"Environment variable '{name}' has a name that is empty or holds '='");
            }

            RefuseNul(name, $"The name of environment variable '{name}'");
            RefuseNul(value, $"Environment variable '{name}'");
            request.Environment.Add($"{name}={value}");
        }

        if (!environment.ContainsKey("PATH"))
        {
            request.Environment.Add("PATH=" + ProgramSearch.DefaultPath);
        }
    }

    private static void AddLimits(SupervisorRequest.Types.Launch request, RLimitInfo? limits)
    {
        foreach (var limit in limits?.Rlimits ?? [])
        {
            var kind = (int)limit.Type;
            if (kind <= 0 || kind >= KernelNumbers.Length)
            {
                throw new IOException($"Resource limit {limit.Type} is not known");
            }

            if (limit.HasSoft != limit.HasHard)
            {
                throw new IOException($"Resource limit {limit.Type} must have a soft and a hard value, or neither for no limit");
            }

            var wanted = new SupervisorRequest.Types.Limit { Resource = (uint)KernelNumbers[kind] };
            if (limit.HasSoft)
            {
                wanted.Soft = limit.Soft;
                wanted.Hard = limit.Hard;
            }

            request.Limits.Add(wanted);
        }
    }

    // A task that found an empty variable instead of its secret would do harm.
    private static void RefuseSecrets(CommandInfo command)
    {
        foreach (var variable in command.Environment?.Variables ?? [])
        {
            if (variable.Secret?.Reference is { } reference)
            {
                throw new IOException($"Environment variable '{variable.Name}' is the secret '{reference.Name}', and this agent has no secret resolver");
            }
        }
    }

    private static void RefuseNul(string text, string what)
    {
        if (text.Contains('\0'))
        {
            throw new IOException($"{what} holds a NUL character");
        }
    }
}
