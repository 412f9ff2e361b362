namespace Selvedge.Streams.Projects;

/// <summary>What became of a change to a project.</summary>
public enum ProjectOutcome
{
    /// <summary>It is durable, and requests see it.</summary>
    Done,

    /// <summary>There is no project of that name.</summary>
    NotFound,

    /// <summary>There is one already.</summary>
    Exists,

    /// <summary>The name is none a project may have.</summary>
    NameRefused,

    /// <summary>The project has no such secret.</summary>
    SecretNotFound,

    /// <summary>It is the last secret: without one nobody gets in any more.</summary>
    LastSecret,

    /// <summary>A limit is reached: of projects, of a project's secrets, origins, or reader keys turned over.</summary>
    TooMany,

    /// <summary>The secret is too short, too long, or has characters that cannot be sent.</summary>
    WeakSecret,

    /// <summary>An origin is none a browser sends.</summary>
    OriginRefused,

    /// <summary>The change could not be written; nothing has changed.</summary>
    NotWritten,
}
