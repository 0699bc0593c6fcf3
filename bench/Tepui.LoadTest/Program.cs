using System.CommandLine;
using Tepui.LoadTest;
using Tepui.LoadTest.Rows;

var binary = new Option<string>("--binary") { Description = "The tepui binary (default: artifacts/tepui/tepui above this program, as ./tepui builds it)", Recursive = true };
var runs = new Option<int>("--runs") { Description = "Measured runs; a warm-up comes before them where a row says so", DefaultValueFactory = _ => 5, Recursive = true };
var tasks = new Option<int?>("--tasks") { Description = "Tasks per run, instead of the row's own number", Recursive = true };
var agents = new Option<int?>("--agents") { Description = "Simulated agents, instead of the row's own number", Recursive = true };
var settle = new Option<double>("--settle") { Description = "Seconds of idleness before memory is read", DefaultValueFactory = _ => 20, Recursive = true };
var data = new Option<string>("--data") { Description = "Where work directories are made", DefaultValueFactory = _ => Path.GetTempPath(), Recursive = true };

var root = new RootCommand("Measures Tepui with real processes and sockets. Every row checks that the work was done before it reports.") { binary, runs, tasks, agents, settle, data };
foreach (var row in Row.All)
{
    var command = new Command(row.Name, row.Summary);
    command.SetAction(async (parsed, cancel) =>
    {
        var settings = RowSettings.Read(parsed.GetValue(binary), parsed.GetValue(runs), parsed.GetValue(tasks), parsed.GetValue(agents), parsed.GetValue(settle), parsed.GetValue(data)!);
        try
        {
            await row.RunAsync(settings, cancel);
            return 0;
        }
        catch (LoadTestException failed)
        {
            await Console.Error.WriteLineAsync($"loadtest: {row.Name}: {failed.Message}");
            return 1;
        }
    });
    root.Add(command);
}

return await root.Parse(args).InvokeAsync();
