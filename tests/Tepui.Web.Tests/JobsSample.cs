using System.Text.Json.Nodes;

namespace Tepui.Web.Tests;

/// <summary>A few jobs in all states: a chain of a night's work, with one parent that is missing.</summary>
internal static class JobsSample
{
    public static void Fill(FakeJobs jobs)
    {
        Add(jobs, FakeJobs.Job("night_sweep", status: "success", next: "2031-05-01T06:30:00-06:00"));
        jobs.Jobs["night_sweep"]["scheduleTimeZone"] = "America/Denver";
        Add(jobs, FakeJobs.Job("pack-box", schedule: "R6//PT45M", status: "failure"));
        Add(jobs, FakeJobs.Job("tally", status: "fresh", queued: 1, parents: ["night_sweep", "pack-box"]));
        jobs.Jobs["tally"]["extras"]!["edges"] = new JsonObject { ["night_sweep"] = 2 };
        Add(jobs, FakeJobs.Job("report", running: 1, status: "success", parents: ["tally"]));
        Add(jobs, FakeJobs.Job("publish", parents: ["report", "approval"]));
        jobs.Jobs["publish"]["extras"]!["missingParents"] = new JsonArray("approval");
        Add(jobs, FakeJobs.Job("archive", status: "success", parents: ["report", "night_sweep"]));
        Add(jobs, FakeJobs.Job("late-one", next: "2026-01-01T00:00:00Z"));
        Add(jobs, FakeJobs.Job("asleep"));
        jobs.Jobs["asleep"]["disabled"] = true;
        jobs.Explanations["tally"] = new JsonObject
        {
            ["job"] = "tally",
            ["state"] = "waits",
            ["reasons"] = new JsonArray("Its run 4 waits for an offer that has enough.", "pack-box has not run since the last trigger."),
            ["nearestMiss"] = new JsonObject { ["agentId"] = "S0", ["host"] = "one.example.org", ["missing"] = new JsonArray(new JsonObject { ["resource"] = "mem", ["wanted"] = 4096, ["offered"] = 1024 }) },
        };

        var start = DateTimeOffset.UtcNow.AddDays(-40);
        jobs.Runs["night_sweep"] =
        [
            .. Enumerable.Range(1, 40).Reverse().Select(number => FakeJobs.Run("night_sweep", number, number == 40 ? "running" : number % 9 == 0 ? "failed" : number == 25 ? "killed" : "succeeded", 20 + (number * 7 % 23), start.AddDays(number), attempts: number % 9 == 0 ? 3 : 1)),
        ];
        jobs.Runs["tally"] = [FakeJobs.Run("tally", 1, "waiting", null, DateTimeOffset.UtcNow.AddMinutes(-2), cause: "parents")];
        jobs.Runs["tally"][0]["cause"]!["parents"] = new JsonArray(new JsonObject { ["job"] = "night_sweep", ["run"] = 39 });
        jobs.Runs["pack-box"] = [.. Enumerable.Range(1, 9).Reverse().Select(number => FakeJobs.Run("pack-box", number, number > 7 ? "failed" : "succeeded", number * 2, start.AddDays(number)))];
    }

    /// <summary>Adds a job.</summary>
    public static void Add(FakeJobs jobs, JsonObject job) => jobs.Jobs[job["name"]!.ToString()] = job;

    /// <summary>Adds jobs in layers, each with some parents in the layer before.</summary>
    public static void Layers(FakeJobs jobs, int layers, int width)
    {
        for (var layer = 0; layer < layers; layer++)
        {
            for (var place = 0; place < width; place++)
            {
                string[] parents = layer == 0 ? [] : [.. Enumerable.Range(0, 1 + ((layer + place) % 3)).Select(step => $"step-{layer - 1}-{((place * 7) + (step * 3)) % width}").Distinct()];
                Add(jobs, FakeJobs.Job($"step-{layer}-{place}", status: (place % 5) switch { 0 => "failure", 4 => "fresh", _ => "success" }, running: place % 11 == 3 ? 1 : 0, parents: parents));
            }
        }
    }
}
