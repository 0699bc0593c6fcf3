using System.CommandLine;
using Tepui.Protocol.V1;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui framework ls</c></summary>
internal sealed class FrameworkListCommand : ClientCommand
{
    private readonly Option<bool> _all = new("--all", "-a") { Arity = ArgumentArity.Zero, Description = "Completed frameworks too" };

    public FrameworkListCommand()
        : base("ls", "Lists frameworks: who shares the pool.", "tepui framework ls", "tepui framework ls --all --output json") => Options.Add(_all);

    private sealed record Row(
        string Id, string Name, string State, IReadOnlyList<string> Roles, double Cpus, double MemMb, DateTimeOffset? Registered, string? Principal);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken cancel)
    {
        var answer = await invocation.Client.GetFrameworksAsync(cancel);
        var rows = answer.Frameworks.Select(framework => ToRow(framework, completed: false)).ToList();
        if (invocation.Parsed.GetValue(_all))
        {
            rows.AddRange(answer.CompletedFrameworks.Select(framework => ToRow(framework, completed: true)));
        }

        if (invocation.Output == OutputFormat.Json)
        {
            JsonOutput.Write(rows);
            return ExitCode.Ok;
        }

        var table = new Table("ID", "NAME", "STATE", "ROLES", "CPUS", "MEM (MB)", "AGE");
        foreach (var row in rows)
        {
            table.Add(
                row.Id, row.Name, row.State, string.Join(',', row.Roles), row.Cpus.ToString("0.###"), row.MemMb.ToString("0.###"),
                Text.Age(row.Registered, TimeProvider.System.GetUtcNow()));
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }

    private static Row ToRow(Protocol.V1.Master.Response.Types.GetFrameworks.Types.Framework framework, bool completed)
    {
        var info = framework.FrameworkInfo;
        var multiRole = info.Capabilities.Any(capability => capability.Type == FrameworkInfo.Types.Capability.Types.Type.MultiRole);
        var state = completed ? "completed" : framework.Recovered ? "recovered" : !framework.Connected ? "disconnected" : framework.Active ? "active" : "inactive";
#pragma warning disable CS0612 // `role` is how frameworks without MULTI_ROLE name theirs.
        return new(
            info.Id?.Value ?? "", info.Name, state, multiRole ? [.. info.Roles] : [info.Role],
            framework.AllocatedResources.Where(resource => resource.Name == "cpus").Sum(resource => resource.Scalar.Value),
            framework.AllocatedResources.Where(resource => resource.Name == "mem").Sum(resource => resource.Scalar.Value),
            Text.Time(framework.RegisteredTime), info.HasPrincipal ? info.Principal : null);
#pragma warning restore CS0612
    }
}
