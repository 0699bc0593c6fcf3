using System.CommandLine;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job graph</c></summary>
internal sealed class JobGraphCommand : JobsClientCommand
{
    private readonly Argument<string?> _name = new("NAME") { Description = "Only what this job rests on and what follows from it (default: all jobs)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _format = new("--format") { Description = "text (a tree), dot (Graphviz) or csv", HelpName = "text|dot|csv", DefaultValueFactory = _ => "text" };

    public JobGraphCommand()
        : base("graph", "Shows which jobs run after which.", "tepui job graph", "tepui job graph nightly", "tepui job graph --format dot | dot -Tsvg > jobs.svg")
    {
        Arguments.Add(_name);
        Options.Add(_format);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        Action<JobGraph, TextWriter> write = invocation.Parsed.GetValue(_format) switch
        {
            "text" => GraphText.WriteTree,
            "dot" => GraphText.WriteDot,
            "csv" => GraphText.WriteCsv,
            var other => throw new CommandFailure(ExitCode.Usage, $"--format is '{other}'; it must be text, dot or csv"),
        };
        var graph = new JobGraph(await JobLookup.AllAsync(invocation.Client, cancel));
        if (invocation.Parsed.GetValue(_name) is { } name)
        {
            graph = graph.Find(name) is not null ? graph.Around(name) : throw JobLookup.Unknown(name);
        }

        if (invocation.IsJson)
        {
            JsonOutput.Write(GraphText.ToJson(graph));
        }
        else
        {
            write(graph, Console.Out);
        }

        return ExitCode.Ok;
    }
}
