using System.CommandLine;
using Tepui.Jobs;

namespace Tepui.Terminal;

/// <summary>A command that talks to jobs.</summary>
internal abstract class JobsClientCommand : RestClientCommand
{
    /// <summary>A command with its description and examples (one command line each).</summary>
    protected JobsClientCommand(string name, string description, params string[] examples)
        : base(RestServer.Jobs, name, description, examples)
    {
    }

    /// <summary>Does the work; returns an <see cref="ExitCode"/>.</summary>
    protected abstract Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel);

    /// <inheritdoc/>
    protected sealed override async Task<int> ConnectAsync(ParseResult parsed, OutputFormat output, Uri address, CancellationToken cancel)
    {
        using var client = new JobsClient(address);
        return await ExecuteAsync(new JobsInvocation(parsed, output, client), cancel);
    }

    /// <inheritdoc/>
    protected sealed override string Explain(RefusedException refused) => JobsRefusalText.Of(refused);
}
