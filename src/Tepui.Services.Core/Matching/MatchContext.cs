using Tepui.Model.Identifiers;

namespace Tepui.Services.Core.Matching;

/// <summary>What a match is judged by beside spec and offer.</summary>
/// <param name="Options">Of the core.</param>
/// <param name="Now">The time.</param>
/// <param name="Framework">Our id: marks our reservations.</param>
/// <param name="KnownValues">How many values of a field there are to spread over.</param>
internal sealed record MatchContext(ServicesOptions Options, DateTimeOffset Now, FrameworkId Framework, Func<string, int> KnownValues);
