using System.Net;
using Tepui.Web.Jobs;
using Tepui.Web.Rest;
using Tepui.Web.Services;

namespace Tepui.Web.Pages.Dialogs;

/// <summary>Why a change was refused.</summary>
/// <param name="Message">In a sentence.</param>
/// <param name="Problems">All complaints with their places.</param>
/// <param name="IsLocked">Whether force would get past it.</param>
/// <param name="Status">The HTTP status to pass on.</param>
public sealed record Refusal(string Message, IReadOnlyList<FieldProblem> Problems, bool IsLocked, int Status)
{
    /// <summary>A refusal of the services.</summary>
    public static Refusal Of(ServicesAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new Refusal(answer.Message, answer.Problems, answer.IsLocked, (int)answer.Status);
    }

    /// <summary>A refusal of the jobs scheduler, whose message has all complaints in it.</summary>
    public static Refusal Of(JobsAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new Refusal(answer.Message, [], false, (int)answer.Status);
    }

    /// <summary>A refusal of the page itself.</summary>
    public static Refusal Of(string message) => new(message, [], false, (int)HttpStatusCode.UnprocessableEntity);

    /// <summary>The scheduler cannot be reached.</summary>
    public static Refusal Of(RestUnavailableException problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new Refusal(problem.Message, [], false, (int)HttpStatusCode.BadGateway);
    }
}
