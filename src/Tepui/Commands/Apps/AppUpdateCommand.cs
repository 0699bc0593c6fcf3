using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Deploying;
using Tepui.Documents;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app update</c></summary>
internal sealed class AppUpdateCommand : DeployingCommand
{
    private readonly Argument<string> _id = AppArguments.Id();
    private readonly Option<string?> _file = new("--file", "-f") { Description = "Fields to change, as JSON or YAML; what it leaves out stays; - is stdin", HelpName = "FILE" };
    private readonly Option<double?> _cpus = new("--cpus") { Description = "Cores of each instance", HelpName = "N" };
    private readonly Option<double?> _mem = new("--mem") { Description = "Memory of each instance, MB", HelpName = "MB" };
    private readonly Option<double?> _disk = new("--disk") { Description = "Disk of each instance, MB", HelpName = "MB" };
    private readonly Option<int?> _gpus = new("--gpus") { Description = "GPUs of each instance", HelpName = "N" };
    private readonly Option<int?> _instances = new("--instances", "-n") { Description = "How many instances", HelpName = "N" };
    private readonly Option<string?> _cmd = new("--cmd") { Description = "The command line", HelpName = "TEXT" };
    private readonly Option<string?> _user = new("--user") { Description = "User to run as", HelpName = "NAME" };
    private readonly Option<string?> _image = new("--image") { Description = "Image of its container", HelpName = "IMAGE" };
    private readonly Option<string[]> _env = new("--env", "-e") { Description = "Environment variable to set; others stay", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _envRemove = new("--env-rm") { Description = "Environment variable to take out", HelpName = "NAME", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _labels = new("--label") { Description = "Label to set; others stay", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _labelsRemove = new("--label-rm") { Description = "Label to take out", HelpName = "NAME", DefaultValueFactory = _ => [] };

    public AppUpdateCommand()
        : base(
            "update",
            "Changes some fields of an app and replaces its instances as its upgrade strategy says.",
            "tepui app update web --cpus 0.2 --env COLOUR=blue",
            "tepui app update web --image nginx:1.27",
            "tepui app update web -f patch.yaml")
    {
        Arguments.Add(_id);
        foreach (var option in new Option[] { _file, _cpus, _mem, _disk, _gpus, _instances, _cmd, _user, _image, _env, _envRemove, _labels, _labelsRemove })
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var id = invocation.Parsed.GetRequiredValue(_id);
        var update = invocation.Parsed.GetValue(_file) is { } file ? await DocumentFiles.ReadOneAsync(file, cancel) : [];
        var app = await AppLookup.GetAsync(invocation.Client, id, cancel);
        AddOptions(invocation.Parsed, app, update);
        return update.Count > 0
            ? await DeployAsync(invocation, HttpMethod.Patch, ServicesPaths.App(id), AppUpdate.Keeping(app, update), cancel)
            : throw new CommandFailure(ExitCode.Usage, "nothing to change: give --cpus, --mem, --instances, --cmd, --env, --image, or -f FILE");
    }

    private void AddOptions(ParseResult parsed, JsonObject app, JsonObject update)
    {
        Set(update, "cpus", parsed.GetValue(_cpus));
        Set(update, "mem", parsed.GetValue(_mem));
        Set(update, "disk", parsed.GetValue(_disk));
        Set(update, "gpus", parsed.GetValue(_gpus));
        Set(update, "instances", parsed.GetValue(_instances));
        Set(update, "cmd", parsed.GetValue(_cmd));
        Set(update, "user", parsed.GetValue(_user));
        if (parsed.GetValue(_image) is { } image)
        {
            update["container"] = AppUpdate.Container(update.ContainsKey("container") ? update : app, image);
        }

        foreach (var (field, set, remove) in new[] { ("env", _env, _envRemove), ("labels", _labels, _labelsRemove) })
        {
            if (parsed.GetValue(set) is { Length: > 0 } || parsed.GetValue(remove) is { Length: > 0 })
            {
                update[field] = AppUpdate.Map(update.ContainsKey(field) ? update : app, field, parsed.GetValue(set)!, parsed.GetValue(remove)!);
            }
        }
    }

    private static void Set<T>(JsonObject update, string name, T? value)
    {
        if (value is not null)
        {
            update[name] = JsonValue.Create(value);
        }
    }
}
