using System.Globalization;
using Tepui.Model.Schedules;

namespace Tepui.Model.Tests.Schedules;

/// <summary>Every example in docs/jobs-schedules.md is true.</summary>
public class SchedulesPageTests
{
    private static readonly DateTimeOffset CronFrom = new(2031, 5, 1, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Page_Examples_HaveTheseDueTimes()
    {
        var rows = Rows(columns: 3).Where(row => row[2].StartsWith('2') || row[2].StartsWith('9')).ToList();

        Assert.True(rows.Count > 25, $"only {rows.Count} examples found");
        foreach (var row in rows)
        {
            var schedule = Parse(row[0], row[1], out var problem);
            Assert.True(problem is null, $"{row[0]}: {problem}");
            var next = row[0][0] == 'R' ? schedule!.FirstAtOrAfter(DateTimeOffset.MinValue) : schedule!.FirstAfter(CronFrom);
            var times = row[2].Split(", ");
            foreach (var time in times.Where(item => item != "…"))
            {
                Assert.True(next is { } found && Show(schedule, found) == time, $"{row[0]} {row[1]}: {next:o}, not {time}");
                next = schedule.FirstAfter(next.Value);
            }

            // Without dots the list is all there is.
            Assert.True(times[^1] == "…" || next is null || schedule.Count == times.Length, $"{row[0]}: goes on");
        }
    }

    [Fact]
    public void Page_RefusedTexts_HaveTheseAnswers()
    {
        var rows = Rows(columns: 4).Where(row => int.TryParse(row[3], CultureInfo.InvariantCulture, out _)).ToList();

        Assert.True(rows.Count > 5, $"only {rows.Count} examples found");
        foreach (var row in rows)
        {
            Assert.Null(Parse(row[0], row[1], out var problem));
            Assert.Contains(row[2], problem!.Message, StringComparison.Ordinal);
            Assert.Equal(row[3], problem.Offset.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static Schedule? Parse(string text, string zone, out ScheduleProblem? problem) =>
        text[0] == 'R' ? Schedule.ParseIso(text, zone, CronFrom, out problem) : Schedule.ParseCron(text, zone, out problem);

    private static string Show(Schedule schedule, DateTimeOffset time) =>
        schedule.ToZone(time).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal);

    private static IEnumerable<string[]> Rows(int columns) =>
        File.ReadLines(Path.Combine(Root(), "docs", "jobs-schedules.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray())
            .Where(row => row.Length == columns);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tepui.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No Tepui.slnx above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
