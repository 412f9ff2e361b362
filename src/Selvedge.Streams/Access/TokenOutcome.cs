namespace Selvedge.Streams.Access;

/// <summary>What was found about a token. Everything but <see cref="Accepted"/> refuses it.</summary>
public enum TokenOutcome
{
    /// <summary>It is no JWT in compact form: not three parts of canonical base64url, too long, or its JSON is broken.</summary>
    Malformed,

    /// <summary>Its header names another algorithm than HS256, or an extension nobody here understands.</summary>
    AlgorithmRefused,

    /// <summary>None of the project's secrets made its signature.</summary>
    SignatureMismatch,

    /// <summary>A claim is missing, of the wrong type, given twice, or not one that is known here.</summary>
    ClaimsInvalid,

    /// <summary>It has ended.</summary>
    Expired,

    /// <summary>It does not count yet.</summary>
    NotYetValid,

    /// <summary>It was made for another project.</summary>
    OtherProject,

    /// <summary>It counts.</summary>
    Accepted,
}
