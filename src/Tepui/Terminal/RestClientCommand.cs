using System.CommandLine;
using System.Net;

namespace Tepui.Terminal;

/// <summary>What commands that talk to a server's REST API share: where it is, how to print, and which exit code a failure gets.</summary>
internal abstract class RestClientCommand : Command, IDetailed
{
    private readonly RestServer _server;
    private readonly Option<string> _address;
    private readonly Option<OutputFormat> _output = CommonOptions.Output();

    /// <summary>A command with its description and examples (one command line each).</summary>
    protected RestClientCommand(RestServer server, string name, string description, params string[] examples)
        : base(name, description)
    {
        _server = server;
        _address = CommonOptions.Address(server);
        Details = Help.Examples(examples);
        Options.Add(_address);
        Options.Add(_output);
        SetAction(RunAsync);
    }

    /// <inheritdoc/>
    public string Details { get; }

    /// <summary>Connects and does the work; returns an <see cref="ExitCode"/>.</summary>
    protected abstract Task<int> ConnectAsync(ParseResult parsed, OutputFormat output, Uri address, CancellationToken cancel);

    /// <summary>A refusal as people read it.</summary>
    protected abstract string Explain(RefusedException refused);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        try
        {
            return await ConnectAsync(parsed, parsed.GetValue(_output), _server.Parse(parsed.GetValue(_address)!), cancel);
        }
        catch (CommandFailure failure)
        {
            return Fail(failure.ExitCode, failure.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (TaskCanceledException)
        {
            return Fail(ExitCode.Unreachable, $"the {_server.Noun} at {parsed.GetValue(_address)} did not answer in time");
        }
        catch (HttpRequestException problem)
        {
            return Fail(ExitCode.Unreachable, _server.Unreachable(parsed.GetValue(_address)!, problem));
        }
        catch (RefusedException refused)
        {
            return Fail(refused.Status == HttpStatusCode.NotFound ? ExitCode.NotFound : ExitCode.Failure, Explain(refused));
        }
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine($"tepui: {message}");
        return code;
    }
}
