using System.Text;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Documents;

/// <summary>What a shell is given: the command of a job and the arguments of a run, in one piece.</summary>
internal static class ShellLine
{
    /// <summary>Why arguments are too long for a job, each short enough by itself as they may be; <see langword="null"/> if they are not.</summary>
    /// <param name="job">With the command.</param>
    /// <param name="arguments">With spaces between them.</param>
    public static string? Problem(JobSpec job, string arguments)
    {
        var bytes = Encoding.UTF8.GetByteCount(job.Command) + 1 + Encoding.UTF8.GetByteCount(arguments);
        return job.Shell && arguments.Length > 0 && bytes > Limits.ProcessBytes
            ? $"make a line of {bytes} bytes in UTF-8 for the shell, together with the command; at most {Limits.ProcessBytes} are allowed"
            : null;
    }
}
