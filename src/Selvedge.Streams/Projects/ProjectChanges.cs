using System.Collections.Immutable;
using Selvedge.Streams.Access;

namespace Selvedge.Streams.Projects;

/// <summary>The changes a project can go through. Pure: each gives the project as it will be, or why it stays as it is.</summary>
public static class ProjectChanges
{
    /// <summary>How many secrets a project may have: each costs every request one hash.</summary>
    public const int MaxSecrets = 8;

    /// <summary>How many origins a project may allow.</summary>
    public const int MaxOrigins = 64;

    private const int MaxReaderGenerations = 10_000;

    /// <summary>Puts a secret in front of the others, which makes it the one new tokens are signed with.</summary>
    /// <param name="project">The project.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="keep">How many of the others stay, the newest first.</param>
    /// <param name="now">The time.</param>
    public static (Project? Project, ProjectOutcome Outcome) AddSecret(
        Project project,
        string secret,
        int keep,
        DateTimeOffset now
    )
    {
        if (!SigningSecret.IsUsable(secret))
            return (null, ProjectOutcome.WeakSecret);
        var kept = project.Secrets.Take(keep).ToImmutableArray();
        return kept.Length >= MaxSecrets
            ? (null, ProjectOutcome.TooMany)
            : (project with { Secrets = kept.Insert(0, SigningSecret.Create(secret, now)) }, ProjectOutcome.Done);
    }

    /// <summary>Takes a secret away; tokens it signed are refused from then on.</summary>
    public static (Project? Project, ProjectOutcome Outcome) RemoveSecret(Project project, string id)
    {
        var left = project.Secrets.RemoveAll(secret => secret.Id == id);
        return left.Length == project.Secrets.Length ? (null, ProjectOutcome.SecretNotFound)
            : left.IsEmpty ? (null, ProjectOutcome.LastSecret)
            : (project with { Secrets = left }, ProjectOutcome.Done);
    }

    /// <summary>Replaces all secrets; the first one makes new tokens.</summary>
    public static (Project? Project, ProjectOutcome Outcome) ReplaceSecrets(
        Project project,
        IReadOnlyList<string> secrets,
        DateTimeOffset now
    ) =>
        secrets.Count == 0 ? (null, ProjectOutcome.LastSecret)
        : secrets.Count > MaxSecrets ? (null, ProjectOutcome.TooMany)
        : !secrets.All(SigningSecret.IsUsable) ? (null, ProjectOutcome.WeakSecret)
        : (project with { Secrets = [.. secrets.Select(secret => SigningSecret.Create(secret, now))] }, ProjectOutcome.Done);

    /// <summary>Replaces the origins whose scripts may use the project's streams.</summary>
    public static (Project? Project, ProjectOutcome Outcome) SetOrigins(Project project, IReadOnlyList<string> origins) =>
        origins.Count > MaxOrigins ? (null, ProjectOutcome.TooMany)
        : !origins.All(CorsOrigin.IsOne) ? (null, ProjectOutcome.OriginRefused)
        : (project with { CorsOrigins = [.. origins] }, ProjectOutcome.Done);

    /// <summary>Turns over the reader key of one stream, or of all.</summary>
    /// <param name="project">The project.</param>
    /// <param name="stream">The stream's id; null for all.</param>
    public static (Project? Project, ProjectOutcome Outcome) RotateReaderKey(Project project, string? stream)
    {
        if (stream is null)
        {
            var none = project.ReaderGenerations.Clear();
            return (project with { ReaderSecret = Project.NewReaderSecret(), ReaderGenerations = none }, ProjectOutcome.Done);
        }

        var generations = project.ReaderGenerations;
        return generations.Count >= MaxReaderGenerations && !generations.ContainsKey(stream)
            ? (null, ProjectOutcome.TooMany)
            : (
                project with
                {
                    ReaderGenerations = generations.SetItem(stream, generations.GetValueOrDefault(stream) + 1),
                },
                ProjectOutcome.Done
            );
    }
}
