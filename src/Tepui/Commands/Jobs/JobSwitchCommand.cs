using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job enable</c> and <c>tepui job disable</c></summary>
internal sealed class JobSwitchCommand : JobsClientCommand
{
    private readonly Argument<string> _name = JobArguments.Name();
    private readonly string _word;

    private JobSwitchCommand(string word, string description)
        : base(word, description, $"tepui job {word} nightly")
    {
        _word = word;
        Arguments.Add(_name);
    }

    /// <summary><c>tepui job enable</c></summary>
    public static JobSwitchCommand Enable() => new("enable", "Lets a disabled job run again. Times it missed meanwhile are not made up for.");

    /// <summary><c>tepui job disable</c></summary>
    public static JobSwitchCommand Disable() => new("disable", "Keeps a job from running. What runs of it goes on.");

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var name = invocation.Parsed.GetRequiredValue(_name);
        await JobLookup.AskAsync(invocation.Client, name, () => invocation.Client.SendAsync(HttpMethod.Post, JobsPaths.Job(name, $"/{_word}"), null, cancel), cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonObject { ["name"] = name, ["disabled"] = _word == "disable" });
        }
        else
        {
            Console.Out.WriteLine($"job {name} {_word}d");
        }

        return ExitCode.Ok;
    }
}
