using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app versions</c></summary>
internal sealed class AppVersionsCommand : ServicesClientCommand
{
    private readonly Argument<string> _id = AppArguments.Id();

    public AppVersionsCommand()
        : base("versions", "Lists the versions of an app that services keep, the latest first.", "tepui app versions web") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var versions = await AppLookup.VersionsAsync(invocation.Client, invocation.Parsed.GetRequiredValue(_id), cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonArray([.. versions.Select(version => JsonValue.Create(version))]));
            return ExitCode.Ok;
        }

        var now = TimeProvider.System.GetUtcNow();
        var table = new Table("VERSION", "AGE");
        foreach (var version in versions)
        {
            table.Add(version, Text.Age(JsonValue.Create(version).Time(), now));
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }
}
