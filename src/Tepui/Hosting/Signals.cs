using System.Runtime.InteropServices;

namespace Tepui.Hosting;

/// <summary>Ctrl-C and SIGTERM: the first asks for a clean end, the second for a quick one, the third ends the process.</summary>
internal static partial class Signals
{
    private const int InterruptSignal = 2;
    private const nint DefaultHandler = 0;

    // Sent for a write beyond the limit of file sizes (ulimit -f), which then fails too.
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    private static readonly CancellationTokenSource FirstSource = new();
    private static readonly CancellationTokenSource SecondSource = new();
    private static PosixSignalRegistration[] _registrations = [];

    /// <summary>Set by the first signal.</summary>
    public static CancellationToken First => FirstSource.Token;

    /// <summary>Set by the second signal.</summary>
    public static CancellationToken Second => SecondSource.Token;

    /// <summary>Takes signals over from the runtime.</summary>
    public static void Watch()
    {
        // A shell without job control starts background commands with SIGINT ignored, and the runtime would leave it so; an explicit signal shall end us all the same.
        _ = SetHandler(InterruptSignal, DefaultHandler);
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle), PosixSignalRegistration.Create(FileTooLarge, Ignore)];
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);

    // The write that failed is told by whoever made it; the signal would end the process without a word.
    private static void Ignore(PosixSignalContext context) => context.Cancel = true;

    private static void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!FirstSource.IsCancellationRequested)
        {
            FirstSource.Cancel();
        }
        else if (!SecondSource.IsCancellationRequested)
        {
            SecondSource.Cancel();
        }
        else
        {
            Environment.Exit(ExitCode.Interrupted);
        }
    }
}
