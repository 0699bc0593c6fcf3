using NodaTime;
using NodaTime.Text;

namespace Tepui.Model.Schedules;

/// <summary>Names of time zones: those of the IANA database, offsets, and the three letters that Java programs know.</summary>
internal static class ZoneNames
{
    private const int MostNear = 3;
    private static readonly string[] Prefixes = ["UTC", "GMT", "UT"];
    private static readonly OffsetPattern WithColon = OffsetPattern.CreateWithInvariantCulture("+HH:mm");
    private static readonly OffsetPattern WithSeconds = OffsetPattern.CreateWithInvariantCulture("+HH:mm:ss");
    private static readonly OffsetPattern[] Offsets = [WithColon, WithSeconds, OffsetPattern.CreateWithInvariantCulture("+HHmm"), OffsetPattern.CreateWithInvariantCulture("+H:mm"), OffsetPattern.CreateWithInvariantCulture("+H")];

    // What java.util.TimeZone makes of three letters; the IANA database has EST, MST and HST itself.
    private static readonly Dictionary<string, string> Letters = new(StringComparer.Ordinal)
    {
        ["ACT"] = "Australia/Darwin",
        ["AET"] = "Australia/Sydney",
        ["AGT"] = "America/Argentina/Buenos_Aires",
        ["ART"] = "Africa/Cairo",
        ["AST"] = "America/Anchorage",
        ["BET"] = "America/Sao_Paulo",
        ["BST"] = "Asia/Dhaka",
        ["CAT"] = "Africa/Harare",
        ["CNT"] = "America/St_Johns",
        ["CST"] = "America/Chicago",
        ["CTT"] = "Asia/Shanghai",
        ["EAT"] = "Africa/Addis_Ababa",
        ["ECT"] = "Europe/Paris",
        ["IET"] = "America/Indiana/Indianapolis",
        ["IST"] = "Asia/Kolkata",
        ["JST"] = "Asia/Tokyo",
        ["MIT"] = "Pacific/Apia",
        ["NET"] = "Asia/Yerevan",
        ["NST"] = "Pacific/Auckland",
        ["PLT"] = "Asia/Karachi",
        ["PNT"] = "America/Phoenix",
        ["PRT"] = "America/Puerto_Rico",
        ["PST"] = "America/Los_Angeles",
        ["SST"] = "Pacific/Guadalcanal",
        ["VST"] = "Asia/Ho_Chi_Minh",
    };

    /// <summary>The zone with a name; <see langword="null"/> if there is none.</summary>
    public static DateTimeZone? Find(string name)
    {
        if (name is "Z" or "UTC" or "GMT" or "Etc/UTC")
        {
            return DateTimeZone.Utc;
        }

        var known = Letters.GetValueOrDefault(name, name);
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(known) ?? (ParseOffset(name) is { } offset ? DateTimeZone.ForOffset(offset) : null);
    }

    /// <summary>As in <c>+02:00</c>; with seconds if it has any.</summary>
    public static string OffsetText(Offset offset) => (offset.Seconds % 60 == 0 ? WithColon : WithSeconds).Format(offset);

    /// <summary>Message on a name that is not known, with names near it.</summary>
    public static string Unknown(string name)
    {
        var near = Near(name);
        var advice = near.Count > 0 ? $"did you mean {string.Join(" or ", near)}?" : "use an IANA name such as Europe/Berlin, or an offset such as +02:00";
        return $"time zone '{TextCursor.Shorten(name)}' is not known: {advice}";
    }

    // Offsets as they are, and after UTC, GMT or UT, as in GMT+2.
    private static Offset? ParseOffset(string name)
    {
        var prefix = Prefixes.FirstOrDefault(item => name.StartsWith(item, StringComparison.Ordinal)) ?? "";
        var digits = name[prefix.Length..];
        foreach (var pattern in Offsets)
        {
            if (pattern.Parse(digits) is { Success: true } parsed)
            {
                return parsed.Value;
            }
        }

        return null;
    }

    private static List<string> Near(string name)
    {
        if (name.Length > 60)
        {
            return [];
        }

        var most = Math.Max(1, name.Length / 4);
        var near = DateTimeZoneProviders.Tzdb.Ids
            .Select(id => (Id: id, Distance: Math.Min(Distance(name, id), IsSamePlace(name, id) ? 1 : int.MaxValue)))
            .Where(item => item.Distance <= most)
            .OrderBy(item => item.Distance)
            .ThenBy(item => item.Id, StringComparer.Ordinal)
            .ToList();
        return [.. near.Where(item => item.Distance == 0 || near[0].Distance > 0).Take(MostNear).Select(item => item.Id)];
    }

    private static bool IsSamePlace(string name, string id)
    {
        var place = name[(name.LastIndexOf('/') + 1)..];
        return place.Length > 3 && Distance(place, id[(id.LastIndexOf('/') + 1)..]) == 0;
    }

    // Levenshtein's distance: letters to insert, delete or replace, whatever their case; _ and space are alike.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (Letter(left[i - 1]) == Letter(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    private static char Letter(char value) => value == ' ' ? '_' : char.ToLowerInvariant(value);
}
