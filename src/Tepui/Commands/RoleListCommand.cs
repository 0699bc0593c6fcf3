using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui role ls</c></summary>
internal sealed class RoleListCommand() : ClientCommand("ls", "Lists roles with their weights, frameworks and resources.", "tepui role ls", "tepui role ls --output json")
{
    private sealed record Row(string Name, double Weight, IReadOnlyList<string> Frameworks, double Cpus, double MemMb);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken cancel)
    {
        var roles = (await invocation.Client.GetRolesAsync(cancel)).Roles;
        if (invocation.Output == OutputFormat.Json)
        {
            JsonOutput.Write(roles.Select(role => new Row(
                role.Name,
                role.Weight,
                [.. role.Frameworks.Select(framework => framework.Value)],
                role.Resources.Where(resource => resource.Name == "cpus").Sum(resource => resource.Scalar.Value),
                role.Resources.Where(resource => resource.Name == "mem").Sum(resource => resource.Scalar.Value))));
            return ExitCode.Ok;
        }

        var table = new Table("ROLE", "WEIGHT", "FRAMEWORKS", "CPUS", "MEM (MB)");
        foreach (var role in roles)
        {
            table.Add(
                role.Name,
                role.Weight.ToString("0.###"),
                role.Frameworks.Count.ToString(),
                Text.Scalar(role.Resources, "cpus"),
                Text.Scalar(role.Resources, "mem"));
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }
}
