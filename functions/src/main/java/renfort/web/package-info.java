/** Requests, answers, problems and JSON: what every HTTP function shares. */
@NullMarked
package renfort.web;

import org.jspecify.annotations.NullMarked;
