using System.CommandLine;
using Tepui.Services;

namespace Tepui.Terminal;

/// <summary>A command that talks to services.</summary>
internal abstract class ServicesClientCommand : RestClientCommand
{
    /// <summary>A command with its description and examples (one command line each).</summary>
    protected ServicesClientCommand(string name, string description, params string[] examples)
        : base(RestServer.Services, name, description, examples)
    {
    }

    /// <summary>Does the work; returns an <see cref="ExitCode"/>.</summary>
    protected abstract Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel);

    /// <inheritdoc/>
    protected sealed override async Task<int> ConnectAsync(ParseResult parsed, OutputFormat output, Uri address, CancellationToken cancel)
    {
        using var client = new ServicesClient(address);
        return await ExecuteAsync(new ServicesInvocation(parsed, output, address, client), cancel);
    }

    /// <inheritdoc/>
    protected sealed override string Explain(RefusedException refused) => RefusalText.Of(refused);
}
