using System.CommandLine;
using Tepui.Sdk.Operators;

namespace Tepui.Terminal;

/// <summary>One run of a command that talks to a master.</summary>
/// <param name="Parsed">The command line.</param>
/// <param name="Output">How to print.</param>
/// <param name="Master">Base address of the master.</param>
/// <param name="Client">For what the master knows.</param>
internal sealed record Invocation(ParseResult Parsed, OutputFormat Output, Uri Master, OperatorClient Client);
