using System.CommandLine;
using Tepui.Services;

namespace Tepui.Terminal;

/// <summary>One run of a command that talks to services.</summary>
/// <param name="Parsed">The command line.</param>
/// <param name="Output">How to print.</param>
/// <param name="Address">Base address of the services.</param>
/// <param name="Client">For what the services know.</param>
internal sealed record ServicesInvocation(ParseResult Parsed, OutputFormat Output, Uri Address, ServicesClient Client)
{
    /// <summary>Whether data goes to stdout as one JSON document.</summary>
    public bool IsJson => Output == OutputFormat.Json;
}
