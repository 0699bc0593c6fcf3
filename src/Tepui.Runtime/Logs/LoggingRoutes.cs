using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tepui.Model.Units;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Logs;

/// <summary><c>/logging/toggle</c>: shows the level, or raises it for a while.</summary>
/// <param name="level">The process's level.</param>
public sealed class LoggingRoutes(LoggingLevel level)
{
    /// <summary>Adds the route.</summary>
    public void Map(MesosRouter router) => router.MapGlobal("/logging/toggle", ToggleAsync);

    private Task ToggleAsync(HttpContext context)
    {
        var wanted = context.Request.Query["level"].ToString();
        var time = context.Request.Query["duration"].ToString();
        if (wanted.Length == 0 && time.Length == 0)
        {
            return Answer.TextAsync(context, StatusCodes.Status200OK, $"{level.Level}\n");
        }

        if (wanted.Length == 0 || time.Length == 0)
        {
            return BadAsync(context, $"Expecting '{(wanted.Length == 0 ? "level" : "duration")}=value' in query.\n");
        }

        if (!uint.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return BadAsync(context, $"Invalid level '{wanted}': expecting a whole number from {level.Original} up.\n");
        }

        if (!DurationText.TryParse(time, out var duration, out var problem) || duration <= TimeSpan.Zero || duration > LoggingLevel.DurationMax)
        {
            return BadAsync(context, (problem ?? $"Invalid duration '{time}': expecting more than nothing and at most {DurationText.Print(LoggingLevel.DurationMax)}") + ".\n");
        }

        if (number < level.Original)
        {
            return BadAsync(context, $"'{number}' < original level.\n");
        }

        level.Set(number, duration);
        return Answer.EmptyAsync(context, StatusCodes.Status200OK);
    }

    private static Task BadAsync(HttpContext context, string text) => Answer.TextAsync(context, StatusCodes.Status400BadRequest, text);
}
