using System.Globalization;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary>A line a task wrote at its start: its id, and which process it is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Pid">Its process.</param>
/// <param name="Since">When that process started, in ticks since boot: with the pid it names one process for good.</param>
internal sealed record StartedTask(string Id, int Pid, string Since)
{
    private const int SinceField = 22;

    /// <summary>A line for the shell that writes such a line to a file, and goes on with a command.</summary>
    public static string Line(string file, string then) =>
        $"read -r s < /proc/$$/stat; set -- $s; echo \"$MESOS_TASK_ID $$ ${{{SinceField}}}\" >> {file}; {then}";

    /// <summary>All lines of a file.</summary>
    public static IReadOnlyList<StartedTask> Read(string file) => File.Exists(file)
        ? [.. File.ReadAllLines(file).Select(line => line.Split(' ')).Select(words => new StartedTask(words[0], int.Parse(words[1], CultureInfo.InvariantCulture), words[2]))]
        : [];

    /// <summary>Whether this very process is there still.</summary>
    public bool IsAlive()
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{Pid}/stat");

            // The name, in brackets, may hold spaces.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[SinceField - 3] == Since && fields[0] != "Z";
        }
        catch (IOException)
        {
            return false;
        }
    }
}
