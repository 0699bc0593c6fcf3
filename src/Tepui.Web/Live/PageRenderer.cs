using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using Tepui.Web.Layout;
using Tepui.Web.Pages.JobEdit;

namespace Tepui.Web.Live;

/// <summary>Turns pages into HTML.</summary>
public sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs)
{
    /// <summary>A whole document.</summary>
    public Task<string> DocumentAsync(PageContent content, string address, string? problem) => RenderAsync<PageShell>(new Dictionary<string, object?>
    {
        [nameof(PageShell.Content)] = content,
        [nameof(PageShell.LiveUrl)] = $"/ui/_live?at={Uri.EscapeDataString(address)}",
        [nameof(PageShell.Problem)] = problem,
    });

    /// <summary>Only what is inside main.</summary>
    public Task<string> BodyAsync(PageContent content, string? problem) => RenderAsync<PageBody>(new Dictionary<string, object?>
    {
        [nameof(PageBody.Content)] = content,
        [nameof(PageBody.Problem)] = problem,
    });

    /// <summary>The next runs of a schedule that is being typed.</summary>
    public Task<string> PreviewAsync(SchedulePreview preview) => RenderAsync<SchedulePreviewView>(new Dictionary<string, object?> { [nameof(SchedulePreviewView.Model)] = preview });

    private async Task<string> RenderAsync<T>(Dictionary<string, object?> parameters)
        where T : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters));
            return root.ToHtmlString();
        });
    }
}
