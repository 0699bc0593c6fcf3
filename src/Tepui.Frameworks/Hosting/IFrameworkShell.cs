using Microsoft.AspNetCore.Http;

namespace Tepui.Frameworks.Hosting;

/// <summary>The parts of a framework around its core.</summary>
public interface IFrameworkShell : IAsyncDisposable
{
    /// <summary>Answers a request of the API; passes on those for endpoints of other parts.</summary>
    public Task ServeAsync(HttpContext context, RequestDelegate next);

    /// <summary>Starts all parts. Each ends with <paramref name="stopping"/>; the first that ends stops the others.</summary>
    public IReadOnlyList<Task> Run(CancellationToken stopping);
}
