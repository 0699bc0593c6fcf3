using System.Globalization;
using Tepui.Containers.Launchers.Process;
using Tepui.Containers.Native;

namespace Tepui.Containers.Supervisor;

/// <summary>Turns this process into a newer supervisor: execve keeps the process id, the children and the lock; the table goes over by the log.</summary>
internal sealed unsafe class Upgrade(ContainerTable table, SupervisorOptions options, int lockHandle)
{
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;

    private Spawner? _spawner;
    private Recorder? _recorder;

    /// <summary>Gives it the parts that are made after it.</summary>
    public void Use(Spawner spawner, Recorder recorder) => (_spawner, _recorder) = (spawner, recorder);

    /// <summary>Becomes <paramref name="command"/> with the supervisor's arguments added. Returns only if that failed. Runs on the recorder's thread.</summary>
    public void Run(string[] command)
    {
        if (command.Length == 0 || !File.Exists(command[0]))
        {
            Refuse($"Cannot upgrade the supervisor: there is no program '{(command.Length == 0 ? "" : command[0])}'");
            return;
        }

        string[] arguments =
        [
            .. command,
            "supervisor",
            "--socket", options.Socket,
            "--state", options.StateDirectory,
            "--idle", options.IdleLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            "--lock-handle", lockHandle.ToString(CultureInfo.InvariantCulture),
        ];
        _spawner!.Pause();

        // Under the gate nothing is reaped, so no exit is lost on the way.
        lock (table.Gate)
        {
            _recorder!.Drain();
            Threads.Report($"Becomes {string.Join(' ', arguments)}");
            Refuse($"Failed to become '{command[0]}': {Become(arguments)}");
        }

        _spawner.Resume();
    }

    private string Become(string[] arguments)
    {
        List<string> variables = [];
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables.Add($"{variable.Key}={variable.Value}");
        }

        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(variables);
        _ = Libc.Fcntl(lockHandle, SetDescriptorFlags, 0);
        _ = Libc.Execve(argv.Pointers[0], argv.Pointers, envp.Pointers);
        var problem = Libc.LastText();
        _ = Libc.Fcntl(lockHandle, SetDescriptorFlags, CloseOnExec);
        return problem;
    }

    private void Refuse(string message)
    {
        Threads.Report(message);
        _recorder!.Tell(new() { UpgradeFailed = new() { Message = message } });
    }
}
