using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Selvedge.Streams.Subscriptions;

/// <summary>An Ed25519 key pair (RFC 8032) that signs.</summary>
/// <remarks>
/// The runtime has no Ed25519 of its own, but it uses OpenSSL for everything else on Linux, so that is asked directly.
/// Where OpenSSL is missing, webhooks cannot be had.
/// </remarks>
public sealed partial class Ed25519Key : IDisposable
{
    /// <summary>The length of the secret, and of the public key.</summary>
    public const int KeyBytes = 32;

    private const int SignatureBytes = 64;
    private const int Ed25519 = 1087;
    private const string Library = "libcrypto";

    private readonly nint _key;

    static Ed25519Key() => NativeLibrary.SetDllImportResolver(typeof(Ed25519Key).Assembly, Resolve);

    private Ed25519Key(nint key, byte[] publicKey)
    {
        _key = key;
        PublicKey = publicKey;
    }

    /// <summary>The public key's 32 bytes.</summary>
    public IReadOnlyList<byte> PublicKey { get; }

    /// <summary>Makes the key pair of a secret of 32 bytes.</summary>
    /// <returns>Null where OpenSSL is missing.</returns>
    public static Ed25519Key? TryCreate(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, KeyBytes);
        try
        {
            var key = NewPrivateKey(Ed25519, 0, secret, KeyBytes);
            var publicKey = new byte[KeyBytes];
            nuint length = KeyBytes;
            if (key == 0 || GetPublicKey(key, publicKey, ref length) != 1)
                throw new CryptographicException("OpenSSL refused an Ed25519 key.");
            return new Ed25519Key(key, publicKey);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Signs a message.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var context = NewContext();
        try
        {
            var signature = new byte[SignatureBytes];
            nuint length = SignatureBytes;
            var signed =
                InitSign(context, 0, 0, 0, _key) == 1
                && DigestSign(context, signature, ref length, message, (nuint)message.Length) == 1;
            return signed ? signature : throw new CryptographicException("OpenSSL could not sign.");
        }
        finally
        {
            FreeContext(context);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => FreeKey(_key);

    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
            return 0;
        foreach (
            var candidate in (ReadOnlySpan<string>)
                ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.3.dylib", "libcrypto-3-x64.dll"]
        )
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
                return handle;
        }

        return 0;
    }

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial nint NewPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int GetPublicKey(nint key, [Out] byte[] publicKey, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    private static partial nint NewContext();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    private static partial int InitSign(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    private static partial int DigestSign(
        nint context,
        [Out] byte[] signature,
        ref nuint length,
        ReadOnlySpan<byte> message,
        nuint messageLength
    );
}
