using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Selvedge.Architecture.Tests;

/// <summary>Event ids are numbered by hand, a block a project; operators filter by them.</summary>
public sealed class LogEventTests
{
    private static readonly Dictionary<string, int> Blocks = new(StringComparer.Ordinal)
    {
        ["Selvedge.Server"] = 1000,
        ["Selvedge.Caching"] = 2000,
        ["Selvedge.Functions"] = 3000,
        ["Selvedge.Prerender"] = 4000,
        ["Selvedge.Streams"] = 5000,
    };

    [Fact]
    public void EventIds_OverAllProjects_AreUsedOnce()
    {
        var repeated = Events().GroupBy(logEvent => logEvent.Id).Where(group => group.Count() > 1).Select(group => group.Key);

        Assert.Empty(repeated);
    }

    [Fact]
    public void EventIds_OfAProject_LieInItsBlock()
    {
        var outside = Events().Where(logEvent => logEvent.Id / 1000 * 1000 != Blocks[logEvent.Project]);

        Assert.Empty(outside);
    }

    [Fact]
    public void Events_OverAllProjects_HaveNames()
    {
        Assert.NotEmpty(Events());
        Assert.DoesNotContain(Events(), logEvent => string.IsNullOrEmpty(logEvent.Name));
    }

    private static List<(string Project, int Id, string? Name)> Events() =>
        [
            .. from project in Blocks.Keys
            from type in Assembly.Load(project).GetTypes()
            from method in type.GetMethods(
                BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
            )
            let message = method.GetCustomAttribute<LoggerMessageAttribute>()
            where message is not null
            select (project, message.EventId, message.EventName),
        ];
}
