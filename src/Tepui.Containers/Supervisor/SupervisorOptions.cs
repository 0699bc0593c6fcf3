using System.Globalization;

namespace Tepui.Containers.Supervisor;

/// <summary>Arguments of the supervisor command.</summary>
/// <param name="Socket">Absolute path of the socket it serves.</param>
/// <param name="StateDirectory">Where its log and lock are.</param>
/// <param name="LockHandle">Handle of the lock, kept over an upgrade; -1 at a first start.</param>
/// <param name="IdleLimit">With no container running and no agent connected for so long, it ends.</param>
public sealed record SupervisorOptions(string Socket, string StateDirectory, int LockHandle, TimeSpan IdleLimit)
{
    /// <summary>Parses <c>--socket S --state DIR [--idle SECONDS]</c>.</summary>
    /// <returns><see langword="null"/> when they are wrong; <paramref name="problem"/> then says how.</returns>
    public static SupervisorOptions? Parse(IReadOnlyList<string> arguments, out string problem)
    {
        var options = new SupervisorOptions("", "", -1, TimeSpan.FromMinutes(10));
        problem = "";
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count)
            {
                problem = $"'{arguments[i]}' needs a value";
                return null;
            }

            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--socket":
                    options = options with { Socket = Path.GetFullPath(value) };
                    break;
                case "--state":
                    options = options with { StateDirectory = Path.GetFullPath(value) };
                    break;
                case "--lock-handle" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var handle):
                    options = options with { LockHandle = handle };
                    break;
                case "--idle" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0:
                    options = options with { IdleLimit = TimeSpan.FromSeconds(seconds) };
                    break;
                default:
                    problem = $"'{arguments[i]} {value}' is not known; allowed are --socket PATH, --state DIRECTORY and --idle SECONDS";
                    return null;
            }
        }

        problem = options.Socket.Length == 0 ? "--socket is missing" : options.StateDirectory.Length == 0 ? "--state is missing" : "";
        return problem.Length == 0 ? options : null;
    }
}
