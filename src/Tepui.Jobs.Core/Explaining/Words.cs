using System.Globalization;
using Tepui.Model.Resources;

namespace Tepui.Jobs.Core.Explaining;

/// <summary>Times, amounts and counts in sentences.</summary>
internal static class Words
{
    /// <summary>A time in UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);

    /// <summary>An amount in thousandths.</summary>
    public static string Number(long thousandths) => Thousandths.Print(thousandths);

    /// <summary>A length of time in seconds.</summary>
    public static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");

    /// <summary>So many of something.</summary>
    public static string Count(long count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";
}
