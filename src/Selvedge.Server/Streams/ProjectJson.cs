using System.Text.Json;
using System.Text.Json.Serialization;
using Selvedge.Streams.Access;
using Selvedge.Streams.Projects;

namespace Selvedge.Server.Streams;

/// <summary>Projects as JSON, the same for those who run the server and those who manage a project.</summary>
internal static class ProjectJson
{
    /// <summary>How bodies are read: what is not known is a mistake somebody should hear of.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>Writes everything of a project that may be seen, as members of an object.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Project project)
    {
        json.WriteString("name", project.Name);
        json.WriteString("createdAt", project.CreatedAt);
        json.WriteBoolean("isPublic", project.IsPublic);
        json.WriteStartArray("corsOrigins");
        foreach (var origin in project.CorsOrigins)
            json.WriteStringValue(origin);
        json.WriteEndArray();

        // Their names only. Whoever needs a secret has it, and nobody else should.
        json.WriteStartArray("signingSecrets");
        foreach (var secret in project.Secrets)
        {
            json.WriteStartObject();
            json.WriteString("id", secret.Id);
            json.WriteString("createdAt", secret.CreatedAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Says what became of a change that was not made.</summary>
    public static string SentenceOf(ProjectOutcome outcome) =>
        outcome switch
        {
            ProjectOutcome.Done => "Done.",
            ProjectOutcome.NotFound => "There is no project of that name.",
            ProjectOutcome.Exists => "There is a project of that name already.",
            ProjectOutcome.NameRefused =>
                "A project's name has 1 to 128 letters, digits, _ and -, and is none of stream, estuary, config and __ds.",
            ProjectOutcome.SecretNotFound => "The project has no secret of that name.",
            ProjectOutcome.LastSecret =>
                "It is the project's last secret, and without one nobody gets in: add another one first.",
            ProjectOutcome.TooMany =>
                $"That is too many: a project has at most {ProjectChanges.MaxSecrets} secrets and {ProjectChanges.MaxOrigins} origins, "
                    + $"a server {ProjectRegistry.MaxProjects} projects.",
            ProjectOutcome.WeakSecret =>
                $"A secret has {SigningSecret.MinLength} to {SigningSecret.MaxLength} printable ASCII characters and no spaces.",
            ProjectOutcome.OriginRefused => "An origin is written like https://app.example, without a path; * is every one.",
            _ => "The change could not be written to the data directory; nothing has changed.",
        };
}
