namespace Tepui.Containers.Launchers.Process;

/// <summary>Finds a program as a shell would: by its path if it has a slash, else in the PATH of the environment it will run in.</summary>
internal static class ProgramSearch
{
    /// <summary>PATH of a container that sets none.</summary>
    public const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>A path the kernel can execute, absolute or relative to <paramref name="directory"/>.</summary>
    /// <returns><see langword="null"/> when there is none; <paramref name="problem"/> then says why.</returns>
    public static string? Find(string program, IReadOnlyList<string> environment, string directory, out string problem)
    {
        problem = "";
        if (program.Length == 0)
        {
            problem = "Failed to execute the command: it names no program";
            return null;
        }

        if (program.Contains('/'))
        {
            return Check(program, Path.Combine(directory, program), out problem) ? program : null;
        }

        if (program == "sh")
        {
            return "/bin/sh";
        }

        foreach (var place in PathOf(environment).Split(':'))
        {
            var candidate = Path.Combine(place.Length == 0 ? directory : Path.Combine(directory, place), program);
            if (Check(program, candidate, out var found))
            {
                return candidate;
            }

            problem = problem.Length == 0 || !found.EndsWith("No such file or directory", StringComparison.Ordinal) ? found : problem;
        }

        return null;
    }

    private static string PathOf(IReadOnlyList<string> environment)
    {
        foreach (var entry in environment)
        {
            if (entry.StartsWith("PATH=", StringComparison.Ordinal))
            {
                return entry[5..];
            }
        }

        return DefaultPath;
    }

    private static bool Check(string program, string path, out string problem)
    {
        problem = Directory.Exists(path) ? $"Failed to execute '{program}': it is a directory"
            : !File.Exists(path) ? $"Failed to execute '{program}': No such file or directory"
            : (File.GetUnixFileMode(path) & AnyExecute) == UnixFileMode.None ? $"Failed to execute '{program}': Permission denied"
            : "";
        return problem.Length == 0;
    }
}
