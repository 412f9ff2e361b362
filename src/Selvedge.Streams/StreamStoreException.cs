namespace Selvedge.Streams;

/// <summary>The store can no longer keep its word, because its medium failed. It refuses everything until it is opened again.</summary>
public sealed class StreamStoreException(string message, Exception? innerException = null) : Exception(message, innerException);
