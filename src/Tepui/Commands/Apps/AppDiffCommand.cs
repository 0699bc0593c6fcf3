using System.CommandLine;
using Tepui.Documents;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app diff</c></summary>
internal sealed class AppDiffCommand : ServicesClientCommand
{
    private readonly Argument<string> _id = AppArguments.Id();
    private readonly Argument<string> _version = AppArguments.Version();
    private readonly Argument<string?> _other = new("OTHER") { Description = "The version to compare with (default: the present definition)", Arity = ArgumentArity.ZeroOrOne };

    public AppDiffCommand()
        : base("diff", "Shows what differs between an earlier version of an app and the present one, or between two versions.", "tepui app diff web previous", "tepui app diff web 2031-02-03T04:05:06.789Z")
    {
        Arguments.Add(_id);
        Arguments.Add(_version);
        Arguments.Add(_other);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var client = invocation.Client;
        var id = invocation.Parsed.GetRequiredValue(_id);
        var version = await AppLookup.VersionAsync(client, id, invocation.Parsed.GetRequiredValue(_version), cancel);
        var other = invocation.Parsed.GetValue(_other) is { } word ? await AppLookup.VersionAsync(client, id, word, cancel) : null;
        var from = await AppLookup.AtAsync(client, id, version, cancel);
        var to = other is null ? await AppLookup.GetAsync(client, id, cancel) : await AppLookup.AtAsync(client, id, other, cancel);
        var changes = DocumentDiff.Between(AppFields.Definition(from), AppFields.Definition(to));
        if (invocation.IsJson)
        {
            JsonOutput.Write(ChangeTable.ToJson(changes));
        }
        else if (changes.Count == 0)
        {
            await Console.Error.WriteLineAsync("no difference");
        }
        else
        {
            ChangeTable.Write(Console.Out, changes, version, other ?? "NOW");
        }

        return ExitCode.Ok;
    }
}
