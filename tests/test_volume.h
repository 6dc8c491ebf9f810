// How much of a long comparison is run: all of it in the release build, less under the sanitizers, where every step
// costs ten times as much. What goes over every code point or every row goes over every n-th there.
#ifndef HYOJUN_TESTS_TEST_VOLUME_H_
#define HYOJUN_TESTS_TEST_VOLUME_H_

#if defined(__SANITIZE_ADDRESS__)
#define HYOJUN_TEST_VOLUME(normal, sanitized) (sanitized)
#else
#define HYOJUN_TEST_VOLUME(normal, sanitized) (normal)
#endif

#endif  // HYOJUN_TESTS_TEST_VOLUME_H_
