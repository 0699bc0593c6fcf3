using System.CommandLine;
using Tepui.Jobs;

namespace Tepui.Terminal;

/// <summary>One run of a command that talks to jobs.</summary>
/// <param name="Parsed">The command line.</param>
/// <param name="Output">How to print.</param>
/// <param name="Client">For what the jobs know.</param>
internal sealed record JobsInvocation(ParseResult Parsed, OutputFormat Output, JobsClient Client)
{
    /// <summary>Whether data goes to stdout as one JSON document.</summary>
    public bool IsJson => Output == OutputFormat.Json;
}
